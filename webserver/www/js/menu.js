// The menu of endpoints beside the endpoint field, and the words about the chosen one.

import { byId, element } from './dom.js';
import { KNOWN_ENDPOINTS, describeParam, fetchEndpoints, findEndpoint } from './endpoints.js';
import { authority } from './target.js';

export class Menu {
  #form;
  #page;
  #endpoints = KNOWN_ENDPOINTS;
  #asked = '';

  constructor(form, page) {
    this.#form = form;
    this.#page = page;
    byId('endpoint-menu').onchange = (event) => form.set({ endpoint: event.target.value });
    form.addEventListener('edit', () => this.#describe());
    form.addEventListener('settle', () => this.refresh());
    this.#fill();
  }

  // refresh asks the server that the form names, once for each.
  async refresh() {
    const { target } = this.#form;
    const server = `${target.scheme}://${authority(target)}`;
    if (server === this.#asked) return;
    this.#asked = server;
    const found = await fetchEndpoints(target, this.#page);
    if (server !== this.#asked) return;
    if (!found) this.#asked = '';
    this.#endpoints = found ?? KNOWN_ENDPOINTS;
    this.#fill();
  }

  #fill() {
    const options = this.#endpoints.map((e) =>
      element('option', { value: e.example ?? e.path, textContent: `${e.path}  –  ${e.summary ?? ''}` }));
    byId('endpoint-menu').replaceChildren(element('option', { value: '', textContent: 'Choose…', disabled: true }), ...options);
    this.#describe();
  }

  #describe() {
    const known = findEndpoint(this.#endpoints, this.#form.target);
    byId('endpoint-menu').value = known ? known.example ?? known.path : '';
    byId('endpoint-help').replaceChildren(known?.summary ?? (this.#endpoints !== KNOWN_ENDPOINTS ? 'not in the server’s own list' : ''),
      ...(known?.params ?? []).map((param) => element('div', { textContent: describeParam(param) })));
  }
}
