// The state of the connection in words, and as the wire between page and server.

import { describeClose } from './closecodes.js';
import { byId, clock } from './dom.js';

const WORDS = {
  idle: 'Not connected', connecting: 'Connecting…', open: 'Open', closing: 'Closing…', closed: 'Closed', failed: 'Could not connect',
};

const BY = { page: 'by this page', server: 'by the server', nobody: 'by neither side' };

const DETAIL = {
  idle: () => 'Press Connect to open the address.',
  connecting: ({ url }) => url,
  open: ({ openedAt, url, subprotocol }) => `since ${clock(openedAt)}, ${url}${subprotocol ? `, subprotocol ${subprotocol}` : ''}`,
  closing: ({ gaveUp }) => (gaveUp ? 'giving up' : 'waiting for the server’s close frame'),
  closed: (snapshot) => (snapshot.openedAt ? closing(snapshot) : 'You gave up before the server answered.'),
  failed: ({ url }) => `to ${url}. The cause is explained below.`,
};

// closing is used in the log too.
export function closing({ by, code, reason, closedAt }) {
  const { name, meaning } = describeClose(code);
  return `${BY[by]} at ${clock(closedAt)} with ${code} ${name}. ${meaning}${reason ? ` Reason given: “${reason}”` : ''}`;
}

export function showState(snapshot) {
  const { state, code, by } = snapshot;
  const box = byId('state');
  Object.assign(box.dataset, { state, code: code ?? '', by: by ?? '' });
  byId('state-word').textContent = WORDS[state];
  byId('state-detail').textContent = DETAIL[state](snapshot);
}

export const showPeer = (name) => { byId('peer').textContent = name || 'Server'; };
