// The lab's certificate authority, at the foot of the page: for everybody who wants wss:// trusted.

import { byId, element } from './dom.js';

export function showCA(ca) {
  byId('ca').hidden = !ca;
  if (!ca) return;
  byId('ca').replaceChildren(
    element('a', { href: ca.url, download: '', textContent: 'The lab’s CA certificate' }),
    ` ${ca.subject}, valid until ${ca.not_after?.slice(0, 10)}. SHA-256 `,
    element('span', { className: 'mono', textContent: ca.sha256 }));
}
