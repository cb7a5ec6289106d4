// The form for the target: parts and one address, kept equal while either is edited.
//   'edit'    after every change of a value
//   'settle'  when an edit is finished (left the field, chose, applied a fix)

import { check, splitNames } from './check.js';
import { button, byId, markInvalid } from './dom.js';
import { portFor } from './lab.js';
import { parseURL, schemePort, toURL } from './target.js';

const PARTS = ['scheme', 'host', 'port', 'endpoint'];
const FIELDS = [...PARTS, 'subprotocols', 'url'];

export class Form extends EventTarget {
  #context;
  #userinfo = '';
  #shown = {};

  constructor(context) {
    super();
    this.#context = context;
    for (const id of FIELDS) {
      byId(id).addEventListener('input', () => this.#onInput(id));
      byId(id).addEventListener('change', () => afterPointer(() => this.#settle()));
    }
  }

  get target() {
    const parts = Object.fromEntries(PARTS.map((id) => [id, byId(id).value.trim()]));
    return { ...parts, userinfo: this.#userinfo };
  }

  get subprotocols() { return splitNames(byId('subprotocols').value); }

  get values() { return { url: byId('url').value, subprotocols: byId('subprotocols').value }; }

  // set changes some values, as a fix or a menu does.
  set(change) {
    this.#write(change);
    if ('url' in change) this.#readURL();
    else byId('url').value = toURL(this.target);
    this.#settle();
  }

  // problems are all that is wrong now, shown at their fields.
  problems() {
    const readable = parseURL(byId('url').value, this.target.scheme);
    const found = readable ? check(this.target, this.subprotocols, this.#context) : [unreadable];
    for (const id of FIELDS) this.#show(id, found.find(({ field }) => field === id));
    return found;
  }

  #onInput(id) {
    if (id === 'scheme') byId('port').value = portFor(this.target.scheme, this.target, this.#context.lab);
    if (id === 'host' && this.target.host.includes('://')) byId('url').value = this.target.host;
    if (id === 'url' || this.target.host.includes('://')) this.#readURL();
    else if (id !== 'subprotocols') byId('url').value = toURL(this.target);
    // While somebody types, complaints may go away but not appear.
    if (document.querySelector('#target [aria-invalid]')) this.problems();
    this.#changed('edit');
  }

  #readURL() {
    const target = parseURL(byId('url').value, this.target.scheme);
    if (target) this.#write(target);
  }

  #write({ userinfo, ...values }) {
    if (userinfo !== undefined) this.#userinfo = userinfo;
    for (const [id, value] of Object.entries(values)) byId(id).value = value;
  }

  #settle() {
    const { target } = this;
    if (!target.endpoint.startsWith('/')) byId('endpoint').value = `/${target.endpoint}`;
    this.problems();
    this.#changed('edit');
    this.#changed('settle');
  }

  #changed(name) {
    byId('port').placeholder = schemePort(this.target.scheme);
    this.dispatchEvent(new Event(name));
  }

  #show(id, problem) {
    markInvalid(byId(id), problem);
    const { text = '', fix } = problem ?? {};
    // The same complaint again stays as it is: its button may be under somebody's pointer.
    const key = text + JSON.stringify(fix);
    if (this.#shown[id] === key) return;
    this.#shown[id] = key;
    const remedy = fix && button(fix.label, () => { this.set(fix.change); byId('connect').focus(); });
    byId(`${id}-problem`).replaceChildren(text, ...(fix ? [' ', remedy] : []));
  }
}

// Leaving a field by a click on a button: a complaint that appeared in between would push the
// button away from under the pointer, and the click would miss.
let pointerDown = false;
addEventListener('pointerdown', () => { pointerDown = true; }, true);
for (const name of ['pointerup', 'pointercancel']) addEventListener(name, () => { pointerDown = false; }, true);

function afterPointer(act) {
  if (!pointerDown) act();
  else addEventListener('pointerup', () => setTimeout(act), { once: true });
}

const unreadable = { field: 'url', text: 'This is no WebSocket address: write it as ws://host:port/endpoint, or wss:// for TLS.' };
