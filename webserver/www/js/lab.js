// What the web server says about the lab, and what follows for the form's first values.

import { fetchAgain } from './again.js';

// The lab as it comes out of the box, for a page that cannot read /lab.json.
export const DEFAULT_LAB = {
  lab_net: '172.31.10',
  web: { names: ['webserver', 'webserver.example.com'], address: '172.31.10.10', http_port: 80, https_port: 443 },
  ws: {
    names: ['wsserver', 'ws', 'wss', 'wsserver.example.com', 'ws.example.com', 'wss.example.com', 'websocket.example.com'],
    address: '172.31.10.20', ws_port: 10081, ws_legacy_port: 10080, wss_port: 10443,
  },
  published: { http_port: 8080, https_port: 8443, ws_port: 10081, ws_legacy_port: 10080, wss_port: 10443 },
};

export async function loadLab() {
  try {
    const answer = await fetchAgain('/lab.json', { cache: 'no-store', signal: AbortSignal.timeout(5000) });
    return answer.ok ? { ...DEFAULT_LAB, ...(await answer.json()) } : DEFAULT_LAB;
  } catch {
    return DEFAULT_LAB;
  }
}

// A page opened inside the lab's network can use the containers' own names and ports.
function isInside({ hostname, port }, lab) {
  const known = hostname === lab.web.address || lab.web.names.includes(hostname);
  const published = [lab.published.http_port, lab.published.https_port].map(String).includes(port);
  const container = ['', String(lab.web.http_port), String(lab.web.https_port)].includes(port);
  return known && (container || !published);
}

// plainPage is where the same page can be had over http, which may open ws:// to anywhere.
export function plainPage(lab, page) {
  const port = isInside(page, lab) ? lab.web.http_port : lab.published.http_port;
  return `http://${page.hostname}${port === 80 ? '' : `:${port}`}/`;
}

// webserver.example.com leads to wsserver.example.com: the same kind of name.
function insideHost({ hostname }, lab) {
  if (hostname === lab.web.address) return lab.ws.address;
  const domain = hostname.slice(hostname.split('.')[0].length);
  return lab.ws.names.find((name) => name === lab.ws.names[0] + domain) ?? lab.ws.names[0];
}

// defaultTarget has an address of the kind that the page itself was opened at: browsers ask or
// refuse when a page from one address space reaches into another.
export function defaultTarget(lab, page) {
  const inside = isInside(page, lab);
  const ports = inside ? lab.ws : lab.published;
  const scheme = page.protocol === 'https:' ? 'wss' : 'ws';
  return {
    scheme,
    userinfo: '',
    host: inside ? insideHost(page, lab) : page.hostname,
    port: String(scheme === 'wss' ? ports.wss_port : ports.ws_port),
    endpoint: '/foo',
  };
}

// portTable finds the lab's ports that a target belongs to. Both sets can have the same numbers,
// which is why the host decides first.
function portTable({ host }, lab) {
  const inside = host === lab.ws.address || lab.ws.names.includes(host);
  return inside ? [lab.ws, lab.published] : [lab.published, lab.ws];
}

const wsPorts = (ports) => [ports.ws_port, ports.ws_legacy_port].map(String);

// portFor is the port to use after switching to the other scheme: the same lab's other port when
// the present one is the lab's, else what is there already.
export function portFor(scheme, target, lab) {
  for (const ports of portTable(target, lab)) {
    if (scheme === 'wss' && wsPorts(ports).includes(target.port)) return String(ports.wss_port);
    if (scheme === 'ws' && target.port === String(ports.wss_port)) return String(ports.ws_port);
  }
  if (scheme === 'wss' && target.port === '80') return '443';
  if (scheme === 'ws' && target.port === '443') return '80';
  return target.port;
}

// browserPort is the port that serves what a legacy port serves, for browsers; null for others.
export function browserPort(target, lab) {
  const ports = portTable(target, lab).find((p) => String(p.ws_legacy_port) === target.port);
  return ports ? String(ports.ws_port) : null;
}

// isLabWSS and isLabWS tell whether a target's port is where the lab speaks TLS, or does not.
export const isLabWSS = (target, lab) => portTable(target, lab)[0].wss_port === Number(target.port);
export const isLabWS = (target, lab) => wsPorts(portTable(target, lab)[0]).includes(target.port);
