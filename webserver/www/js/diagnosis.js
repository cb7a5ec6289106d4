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
  const { cause, title, text, steps, choices } = diagnosis;
  fill(cause,
    element('h3', { textContent: title }),
    text && element('p', { textContent: text }),
    element('h4', { textContent: choices ? 'Choose one that it has' : 'What to do next' }),
    choices ? element('ul', { className: 'choices' }, ...choices.map((step) => choice(step, apply)))
      : element('ul', {}, ...steps.map((step) => item(step, apply))),
    trail?.length && details(trail));
  announce(`${title} ${text} ${choices ? 'Choose one that it has.' : `Next: ${steps[0].text} ${steps[0].code ?? ''}`}`);
}

function fill(cause, ...parts) {
  const panel = byId('diagnosis');
  panel.replaceChildren(...parts.filter(Boolean));
  panel.dataset.cause = cause;
  panel.hidden = false;
  panel.scrollIntoView({ block: 'nearest' });
}

function item({ text, code, link, facts, fix }, apply) {
  return element('li', {}, `${text} `,
    code && element('code', { textContent: code }), link && anchor(link), fix && fixButton(fix, apply), facts && list(facts));
}

const fixButton = ({ label, change }, apply) => button(label, () => apply(change));

const choice = ({ text, fix }, apply) => element('li', {}, fixButton(fix, apply), text);

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
