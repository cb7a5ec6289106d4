// The message log. Entries are collected and put into the document once a frame, so that a burst
// of thousands costs a few layouts, not thousands.

import { byId, element, preciseClock } from './dom.js';
import { inBytes, summarise } from './payload.js';

const KEPT = 1000;
const WORDS = { sent: '→ sent', received: '← received', note: '· note' };

let waiting = [];

export function startLog() {
  byId('clear').onclick = clear;
  byId('newest').onclick = toNewest;
  byId('log').onscroll = () => { if (atEnd()) byId('newest').hidden = true; };
}

export function logMessage({ direction, data, binary, at }) {
  const { size, text, cut } = summarise(data);
  add({ direction, at, size: (binary ? 'binary, ' : '') + inBytes(size), text, rest: cut ? `… ${inBytes(size)} in all` : size === 0 && 'empty' });
  return { size, text };
}

export const logNote = (text, at = new Date()) => add({ direction: 'note', at, text });

function add(entry) {
  if (!waiting.length) requestAnimationFrame(flush);
  waiting.push(entry);
  // A page in the background gets no frames: the rest would pile up.
  if (waiting.length > 2 * KEPT) waiting = waiting.slice(-KEPT);
}

function flush() {
  const follow = atEnd() || !byId('log-empty').hidden;
  const entries = byId('entries');
  entries.append(...waiting.slice(-KEPT).map(row));
  waiting = [];
  byId('log-empty').hidden = true;
  dropOldest(entries);
  if (follow) toNewest();
  else byId('newest').hidden = false;
}

// What leaves at the top takes its height along: the reader's place moves with the rest.
function dropOldest(entries) {
  const log = byId('log');
  const top = () => entries.lastElementChild.getBoundingClientRect().top;
  const before = top();
  while (entries.childElementCount > KEPT) entries.firstElementChild.remove();
  log.scrollTop -= before - top();
}

function row({ direction, at, size, text, rest }) {
  const item = element('li', {},
    element('time', { dateTime: at.toISOString(), textContent: preciseClock(at) }),
    element('span', { className: 'direction', textContent: WORDS[direction] }),
    element('span', { className: 'text' }, text, rest && element('em', { textContent: rest })),
    size && element('span', { className: 'size', textContent: size }));
  item.dataset.direction = direction;
  return item;
}

const atEnd = () => {
  const { scrollHeight, scrollTop, clientHeight } = byId('log');
  return scrollHeight - scrollTop - clientHeight < 24;
};

function toNewest() {
  byId('log').scrollTop = byId('log').scrollHeight;
  byId('newest').hidden = true;
}

function clear() {
  waiting = [];
  byId('entries').replaceChildren();
  byId('log-empty').hidden = false;
  byId('newest').hidden = true;
}
