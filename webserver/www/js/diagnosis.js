// The panel that says why a connection failed and what to do next.

import { announce } from './announce.js';
import { button, byId, element } from './dom.js';

export function hideDiagnosis() {
  byId('diagnosis').hidden = true;
  delete byId('diagnosis').dataset.cause;
}

export function showExamining() {
  fill('examining', element('p', { textContent: 'Looking for the cause…' }));
}

// apply takes a fix's change of the form and connects again.
export function showDiagnosis(diagnosis, { trail, apply }) {
  const { cause, title, text, steps, stepsTitle } = diagnosis;
  fill(cause,
    element('h3', { textContent: title }),
    text && element('p', { textContent: text }),
    element('h4', { textContent: stepsTitle || 'What to do next' }),
    element('ul', {}, ...steps.map((step) => item(step, apply))),
    trail?.length && details(trail));
  announce(`${title} ${text ?? ''} ${stepsTitle || `Next: ${steps[0].text}`}`);
}

function fill(cause, ...parts) {
  const panel = byId('diagnosis');
  panel.replaceChildren(...parts.filter(Boolean));
  panel.dataset.cause = cause;
  panel.hidden = false;
}

function item({ text, code, link, facts, fix }, apply) {
  const act = fix && button(fix.label, () => apply(fix.change));
  return element('li', {}, fix?.first ? act : '', text ?? '', ' ',
    code && element('code', { textContent: code }), link && anchor(link), fix && !fix.first && act, facts && list(facts));
}

function anchor({ href, label, download }) {
  const made = element('a', { href, textContent: label });
  // noopener and a new tab: the page and its log stay.
  return Object.assign(made, download ? { download: '' } : { target: '_blank', rel: 'noopener' });
}

const list = (facts) => element('dl', {}, ...facts.filter(([, value]) => value).flatMap(([name, value]) =>
  [element('dt', { textContent: name }), element('dd', { textContent: value })]));

const details = (trail) => element('details', {},
  element('summary', { textContent: 'How the page found out' }),
  element('p', { textContent: 'The browser reports 1006 and nothing else when a WebSocket does not open. So the page asked by HTTP:' }),
  element('ul', {}, ...trail.map((line) => element('li', { className: 'mono', textContent: line }))));
