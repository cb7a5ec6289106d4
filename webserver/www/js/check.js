// What is wrong with the form's values, found before a browser turns it into a bare 1006 or an
// exception. A problem is {field, text} and, where the page knows the remedy, fix: {label, change}.

import { isBadPort } from './badports.js';
import { bracket, isMixedContent } from './hosts.js';
import { browserPort, plainPage, portFor } from './lab.js';
import { toURL } from './target.js';

export function check(target, subprotocols, { lab, page }) {
  const problems = [
    checkHost(target), checkPort(target, lab), checkEndpoint(target),
    checkMixedContent(target, lab, page), checkSubprotocols(subprotocols),
  ].filter(Boolean);
  return problems.length ? problems : [checkWhole(target)].filter(Boolean);
}

function checkHost({ host }) {
  if (host.trim() === '') {
    return { field: 'host', text: 'The host is empty: write the server’s name or address, such as localhost.' };
  }
  const name = bracket(host);
  const stray = name.startsWith('[') ? null : name.match(/[\s/?#@:\\]/);
  if (stray || !URL.canParse(`http://${name}/`)) {
    return { field: 'host', text: `“${host}” is not a host: write a name such as localhost or an address such as 127.0.0.1, nothing else.` };
  }
  return null;
}

function checkPort(target, lab) {
  const { port } = target;
  if (port === '') return null;
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65535) {
    return { field: 'port', text: `“${port}” is not a port: write a number from 1 to 65535.` };
  }
  return isBadPort(port) ? explainBadPort(target, lab) : null;
}

function explainBadPort(target, lab) {
  const port = String(Number(target.port));
  const text = `Browsers refuse port ${port}: it belongs to another protocol and is on the Fetch standard’s list of bad ports.`;
  const instead = browserPort({ ...target, port }, lab);
  if (!instead) return { field: 'port', text: `${text} Let the server listen on another port. Other clients may still use this one.` };
  return {
    field: 'port',
    text: `${text} The lab’s server answers on port ${instead} too; other clients may still use ${port}.`,
    fix: { label: `Use port ${instead}`, change: { port: instead } },
  };
}

function checkEndpoint({ endpoint }) {
  if (!endpoint.includes('#')) return null;
  return {
    field: 'endpoint',
    text: 'A WebSocket address has no fragment: remove everything from “#” on, or write %23 where the server shall see a “#”.',
    fix: { label: 'Remove it', change: { endpoint: endpoint.split('#')[0] } },
  };
}

function checkMixedContent(target, lab, page) {
  if (!isMixedContent(target.scheme, target.host, page)) return null;
  return {
    field: 'scheme',
    text: 'This page came over https, and browsers let such a page open ws:// on its own machine (localhost) only. ' +
      `Use wss://, or open this page at ${plainPage(lab, page)} instead.`,
    fix: { label: 'Switch to wss://', change: { scheme: 'wss', port: portFor('wss', target, lab) } },
  };
}

// Names are HTTP tokens (RFC 9110): a browser throws on anything else, and on a name given twice.
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

function checkSubprotocols(names) {
  const wrong = names.find((name) => !TOKEN.test(name));
  if (wrong !== undefined) {
    const text = `“${wrong}” is not a subprotocol: use letters, digits and !#$%&'*+-.^_\`|~ without spaces, `;
    return { field: 'subprotocols', text: `${text}and commas between several.` };
  }
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return null;
  return { field: 'subprotocols', text: `“${twice}” is there twice: offer every subprotocol once.` };
}

// Whatever the parts let through, the browser's own parser has the last word.
function checkWhole(target) {
  if (URL.canParse(toURL(target))) return null;
  return { field: 'url', text: 'The browser cannot read this address: write it as ws://host:port/endpoint.' };
}

// splitNames reads a comma separated list; empty items are forgiven.
export const splitNames = (text) => text.split(',').map((name) => name.trim()).filter(Boolean);
