// Words for people who listen instead of look. A flood of messages must not become a flood of
// speech: what comes too fast is counted instead.

import { byId } from './dom.js';

const PAUSE = 1000;
let waiting = [];
let timer = null;

export function announce(text) {
  waiting.push(text);
  timer ??= setTimeout(speak, 50);
}

function speak() {
  const more = waiting.length - 2;
  byId('announcer').textContent = waiting.slice(0, 2).join(' ') + (more > 0 ? ` And ${more} more.` : '');
  waiting = [];
  timer = setTimeout(rest, PAUSE);
}

function rest() {
  timer = null;
  if (waiting.length) speak();
}
