// Writing and sending a text message. The draft is kept across reloads and failures.

import { byId, markInvalid } from './dom.js';
import { load, save } from './store.js';

const NOT_OPEN = 'There is no open connection: press Connect first. Your text stays here.';

let last = '';
let saving = null;

export function startComposer(connection) {
  const message = byId('message');
  message.value = load().draft ?? '';
  message.oninput = keepDraft;
  message.onkeydown = onKey;
  byId('composer').onsubmit = (event) => { event.preventDefault(); send(connection); };
  connection.addEventListener('state', () => { if (connection.isOpen) explain(''); });
  addEventListener('pagehide', () => save({ draft: message.value }));
}

function send(connection) {
  const message = byId('message');
  explain(connection.isOpen ? '' : NOT_OPEN);
  if (connection.isOpen) {
    connection.send(message.value);
    last = message.value;
    message.value = '';
    keepDraft();
  }
  message.focus();
}

function onKey(event) {
  const { key, ctrlKey, metaKey, isComposing } = event;
  if (key === 'Enter' && (ctrlKey || metaKey) && !isComposing) byId('composer').requestSubmit();
  else if (key === 'ArrowUp' && byId('message').value === '' && last) {
    event.preventDefault();
    byId('message').value = last;
    keepDraft();
  }
}

function keepDraft() {
  clearTimeout(saving);
  saving = setTimeout(() => save({ draft: byId('message').value }), 300);
}

function explain(text) {
  byId('message-problem').textContent = text;
  markInvalid(byId('message'), text);
}
