// One WebSocket connection at a time, as an EventTarget that knows nothing of the page:
//   'state'    detail: the snapshot below, after every change of state
//   'message'  detail: {direction: 'sent' | 'received', data, binary, at}
//
// States: idle, connecting, open, closing, closed (after it was open, or given up) and failed
// (it never opened; a browser tells no more than that, doctor.js finds out why).

export class Connection extends EventTarget {
  #socket = null;
  #now = { state: 'idle' };

  get snapshot() { return this.#now; }

  get isOpen() { return this.#now.state === 'open'; }

  get isBusy() { return ['connecting', 'open', 'closing'].includes(this.#now.state); }

  open(url, subprotocols = []) {
    if (this.isBusy) throw new Error('This connection is in use: disconnect first.');
    this.#now = { url, subprotocols, startedAt: new Date() };
    this.#change('connecting');
    try {
      this.#listen(new WebSocket(url, subprotocols));
    } catch (error) {
      this.#change('failed', { closedAt: new Date(), refused: error.message });
    }
  }

  close(code = 1000, reason = '') {
    if (!['connecting', 'open'].includes(this.#now.state)) return;
    this.#change('closing', { by: 'page', gaveUp: this.#now.state === 'connecting' });
    this.#socket.close(code, reason);
  }

  send(data) {
    if (!this.isOpen) throw new Error('There is no open connection to send on.');
    this.#socket.send(data);
    this.#message('sent', data);
  }

  #listen(socket) {
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => this.#change('open', { openedAt: new Date(), subprotocol: socket.protocol });
    socket.onmessage = (event) => this.#message('received', event.data);
    socket.onclose = (event) => this.#closed(event);
  }

  #closed({ code, reason, wasClean }) {
    const { openedAt, gaveUp, by } = this.#now;
    const facts = { closedAt: new Date(), code, reason, wasClean };
    if (!openedAt && !gaveUp) this.#change('failed', facts);
    else this.#change('closed', { ...facts, by: by ?? (wasClean ? 'server' : 'nobody') });
  }

  #change(state, facts = {}) {
    this.#now = { ...this.#now, ...facts, state };
    this.dispatchEvent(new CustomEvent('state', { detail: this.#now }));
  }

  #message(direction, data) {
    const detail = { direction, data, binary: typeof data !== 'string', at: new Date() };
    this.dispatchEvent(new CustomEvent('message', { detail }));
  }
}
