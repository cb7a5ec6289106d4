// Wires the parts together; the rules are in the modules.

import { announce } from './announce.js';
import { startComposer } from './composer.js';
import { Connection } from './connection.js';
import { hideDiagnosis, showDiagnosis, showExamining } from './diagnosis.js';
import { decide } from './doctor.js';
import { byId } from './dom.js';
import { Form } from './form.js';
import { showCA } from './ca.js';
import { defaultTarget, loadLab } from './lab.js';
import { logMessage, logNote, startLog } from './log.js';
import { Menu } from './menu.js';
import { inBytes } from './payload.js';
import { gather } from './probe.js';
import { closing, showPeer, showState } from './state.js';
import { load, save } from './store.js';
import { authority, parseURL, toURL } from './target.js';

const page = window.location;
const lab = await loadLab();
const form = new Form({ lab, page });
const menu = new Menu(form, page);
const connection = new Connection();

function start() {
  startLog();
  startComposer(connection);
  showCA(lab.ca);
  showState(connection.snapshot);
  byId('target').onsubmit = (event) => { event.preventDefault(); connect(); };
  byId('disconnect').onclick = () => connection.close();
  byId('defaults').onclick = () => form.set(firstValues());
  connection.addEventListener('state', ({ detail }) => onState(detail));
  connection.addEventListener('message', ({ detail }) => onMessage(detail));
  form.addEventListener('edit', onEdit);
  form.set({ url: linkedURL() ?? load().url ?? toURL(defaultTarget(lab, page)), subprotocols: load().subprotocols ?? '' });
  document.documentElement.dataset.ready = '';
}

const firstValues = () => ({ url: toURL(defaultTarget(lab, page)), subprotocols: '' });

// A link such as /#wss://localhost:10443/echo fills the form. It never connects by itself: a link
// from a stranger must not. It leaves the address bar, or it would undo edits on reload.
function linkedURL() {
  if (!/^#wss?:\/\//i.test(page.hash)) return null;
  const url = page.hash.slice(1);
  history.replaceState(null, '', page.pathname + page.search);
  return url;
}

function connect() {
  if (connection.isBusy) return announce('Already connected: disconnect first.');
  const [problem] = form.problems();
  if (problem) return explain(problem);
  hideDiagnosis();
  return connection.open(toURL(form.target), form.subprotocols);
}

function explain({ field, text }) {
  byId(field).focus();
  announce(text);
}

function onEdit() {
  if (!connection.isBusy) showPeer(authority(form.target));
  const own = form.values.url !== firstValues().url || form.values.subprotocols !== '';
  // Values that nobody changed are not kept: they shall follow the lab when its ports change.
  save(own ? form.values : { url: undefined, subprotocols: undefined });
  byId('defaults').hidden = !own;
}

function onState(snapshot) {
  showState(snapshot);
  showButtons();
  if (snapshot.state === 'open') onOpen(snapshot);
  if (snapshot.state === 'closed' && snapshot.openedAt) logNote(`closed ${closing(snapshot)}`);
  if (snapshot.state === 'failed') examine(snapshot);
}

// Connect and Disconnect stand in the same place, one at a time: the focus moves along, so that
// nobody's keyboard is left on a button that is gone.
function showButtons() {
  const [shown, gone] = connection.isBusy ? ['disconnect', 'connect'] : ['connect', 'disconnect'];
  const focused = document.activeElement === byId(gone);
  byId(shown).hidden = false;
  if (focused) byId(shown).focus();
  byId(gone).hidden = true;
  byId('disconnect').textContent = connection.snapshot.state === 'connecting' ? 'Cancel' : 'Disconnect';
}

function onOpen({ url }) {
  logNote(`opened ${url}`);
  menu.refresh();
  // On a phone the form fills the screen: show what comes next instead.
  if (byId('message').getBoundingClientRect().bottom > innerHeight) byId('state').scrollIntoView();
  // With the keyboard, the next thing to do is to write.
  if (byId('disconnect').matches(':focus-visible')) byId('message').focus();
}

function onMessage(message) {
  const { size, text } = logMessage(message);
  announce(`${message.direction === 'sent' ? 'Sent' : 'Received'} ${inBytes(size)}: ${text.slice(0, 100)}`);
}

async function examine(snapshot) {
  // What was tried, whatever the form says by now.
  const [target, subprotocols] = [parseURL(snapshot.url), snapshot.subprotocols];
  showExamining();
  const evidence = snapshot.refused ? {} : await gather(target, subprotocols, { lab, page });
  // Somebody may have gone on meanwhile: an old answer would only confuse.
  if (connection.snapshot !== snapshot) return;
  const diagnosis = decide({ target, subprotocols, evidence, lab, page, refused: snapshot.refused });
  logNote(`failed: ${diagnosis.title}`);
  showDiagnosis(diagnosis, { trail: evidence.trail, apply: (change) => { form.set(change); byId('connect').focus(); connect(); } });
}

start();
