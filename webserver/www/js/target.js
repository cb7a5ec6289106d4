// A target is where a connection goes, in the parts that the form shows:
// {scheme, userinfo, host, port, endpoint}. An empty port means the scheme's own, 80 or 443.

import { bracket } from './hosts.js';

export const schemePort = (scheme) => (scheme === 'wss' ? '443' : '80');

export const httpScheme = (scheme) => (scheme === 'wss' ? 'https' : 'http');

const withSlash = (endpoint) => (endpoint.startsWith('/') ? endpoint : `/${endpoint}`);

const withPort = (port) => (port === '' ? '' : `:${port}`);

// authority is host and port, without user name and password: what a person recognises.
export const authority = ({ host, port }) => bracket(host) + withPort(port);

export function toURL(target) {
  const user = target.userinfo ? `${target.userinfo}@` : '';
  return `${target.scheme}://${user}${authority(target)}${withSlash(target.endpoint)}`;
}

// toHTTP is the same server by plain HTTP. User and password stay behind: fetch refuses them.
export function toHTTP(target, path = '/') {
  return `${httpScheme(target.scheme)}://${authority(target)}${withSlash(path)}`;
}

export const pathOf = ({ endpoint }) => withSlash(endpoint).split('?')[0];

const PARTS = /^(ws|wss|http|https):\/\/(?:([^@/?#]*)@)?(\[[^\]]*\]|[^:/?#]*)(?::([^/?#]*))?(.*)$/i;

// parseURL takes an address apart, as typed: no normalising, or text would change under the
// reader's hands. A wrong part is for check.js to explain; null means no parts were found at all.
export function parseURL(text, scheme = 'ws') {
  const whole = text.includes('://') ? text.trim() : `${scheme}://${text.trim()}`;
  const parts = PARTS.exec(whole);
  if (!parts) return null;
  return {
    scheme: /^(wss|https)$/i.test(parts[1]) ? 'wss' : 'ws',
    userinfo: parts[2] ?? '',
    host: parts[3],
    port: parts[4] ?? '',
    endpoint: withSlash(parts[5]),
  };
}
