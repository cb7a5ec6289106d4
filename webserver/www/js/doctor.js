// Why a connection did not open, and what to do next. Pure: from what probe.js found to one
// diagnosis {cause, title, text, steps} or, in place of steps, choices that each have a fix.
// A step is {text} with, where it helps, code to run, a link {href, label, download}, facts to
// compare [[name, value]], or fix {label, change} for the form.

import { readError } from './endpoints.js';
import { isLabWS, isLabWSS, portFor } from './lab.js';
import { authority, pathOf } from './target.js';
import { explainDown, explainTLS, useLabAddress } from './remedies.js';

// The first rule that knows the case decides. Rules that are sure come before those that guess.
const RULES = [
  refusedByBrowser, itIsTheWebServer, unknownEndpoint, originByStatus, otherStatus, noSubprotocol, unhealthy,
  handshakeOnly, needsTLS, originByCORS, speaksNoTLS, untrusted, untrustedOrDown, explainDown,
];

export function decide(facts) {
  for (const rule of RULES) {
    const diagnosis = rule(facts);
    if (diagnosis) return diagnosis;
  }
  throw new Error('The last rule of the doctor has to know every case.');
}

function refusedByBrowser({ refused }) {
  if (!refused) return null;
  return {
    cause: 'browser', title: 'The browser refused to try this address.', text: refused,
    steps: [{ text: 'Change the address so that the browser accepts it.' }],
  };
}

function itIsTheWebServer({ target, lab, page }) {
  if (authority(target) !== page.host) return null;
  return {
    cause: 'web-server', title: `${page.host} is the web server that this page came from.`,
    text: 'It serves pages and speaks no WebSocket; the WebSocket server has ports of its own.',
    steps: [useLabAddress(lab, page)],
  };
}

function unknownEndpoint({ target, evidence }) {
  if (evidence.endpoint?.status !== 404) return null;
  const found = {
    cause: 'endpoint', title: `The server runs, but has no endpoint ${pathOf(target)}.`,
    text: 'It answered 404 Not Found instead of switching to WebSocket.',
  };
  if (evidence.endpoints) return { ...found, choices: evidence.endpoints.map(asChoice) };
  return { ...found, steps: [{ text: 'Look the endpoint up in the server’s own documentation, and mind upper and lower case.' }] };
}

const asChoice = ({ path, example, summary }) => ({ text: summary ?? '', fix: { label: path, change: { endpoint: example ?? path } } });

function originByStatus(facts) {
  const { status, text } = facts.evidence.endpoint ?? {};
  return status === 403 && (!text || /origin/i.test(text)) ? refusedOrigin(facts) : null;
}

function otherStatus({ target, evidence }) {
  const { status, text } = evidence.endpoint ?? {};
  // 426 is how a WebSocket endpoint answers a plain GET: nothing is wrong there.
  if (!(status >= 400) || status === 426) return null;
  const words = readError(text).slice(0, 300);
  const next = status === 401 ? 'It wants a user name and password: give it what it asks for.' : 'Change what it complains about and connect again.';
  return {
    cause: 'status', title: `The server runs, but refused ${target.endpoint} with status ${status}.`,
    text: words ? `It says: “${words}”` : 'It gives no reason.',
    steps: [{ text: next }, { text: 'The server’s log tells more:', code: 'docker compose logs wsserver' }],
  };
}

function noSubprotocol({ evidence, subprotocols }) {
  if (!evidence.opensWithout) return null;
  return {
    cause: 'subprotocol', title: `The server speaks none of the subprotocols you offered (${subprotocols.join(', ')}).`,
    text: 'It accepted the connection without choosing one; a browser that offered some gives up then. Without subprotocols it opens.',
    steps: [{ text: 'Offer none:', fix: { label: 'Clear the subprotocols', change: { subprotocols: '' } } },
      { text: 'Or choose an endpoint that knows them.' }],
  };
}

function unhealthy({ evidence }) {
  const { status } = evidence.health;
  if (!(status >= 500)) return null;
  return {
    cause: 'unhealthy', title: `The server answers, but says that it is not healthy (status ${status}).`,
    text: 'It may be starting or stopping just now.',
    steps: [{ text: 'Wait a moment and connect again.' }, { text: 'See what it is doing:', code: 'docker compose logs wsserver' }],
  };
}

function handshakeOnly({ evidence, target }) {
  if (!evidence.health.answered) return null;
  return {
    cause: 'handshake', title: `The server is healthy and answers at ${target.endpoint}, but the WebSocket handshake failed.`,
    text: 'It may have been starting just then, or something in between does not let WebSockets through: ' +
      'a proxy, a firewall, an extension of the browser.',
    steps: [{ text: 'Connect again.' }, { text: 'See what the server noticed:', code: 'docker compose logs wsserver' }],
  };
}

function needsTLS({ target, evidence, lab }) {
  const sure = evidence.otherScheme?.answered || isLabWSS(target, lab);
  if (target.scheme !== 'ws' || !evidence.blind?.answered && !evidence.otherScheme?.answered || !sure) return null;
  return {
    cause: 'needs-tls', title: `Port ${target.port} speaks TLS: the address has to start with wss://.`,
    text: 'It got ws://, which sends everything in the clear, and refused.',
    steps: [{ text: 'Keep the port and use TLS:', fix: { label: 'Switch to wss://', change: { scheme: 'wss' } } }],
  };
}

function originByCORS(facts) {
  return facts.evidence.blind?.answered ? refusedOrigin(facts) : null;
}

function refusedOrigin({ target, page }) {
  return {
    cause: 'origin', title: `The server at ${authority(target)} answers, but not to pages from ${page.origin}.`,
    text: 'Browsers tell a server where the page came from (the Origin header), and this one does not accept yours.',
    steps: [{ text: 'Allow this page’s origin in the lab’s .env file:', code: `ALLOWED_ORIGINS=${page.host}` },
      { text: 'Then let the server read it:', code: 'docker compose up -d' },
      { text: 'Not the lab’s server? Then ask whoever runs it.' }],
  };
}

function speaksNoTLS({ target, evidence, lab }) {
  const { answered, status } = evidence.otherScheme ?? {};
  const sure = status || answered && isLabWS(target, lab);
  if (target.scheme !== 'wss' || !sure) return null;
  const port = portFor('wss', target, lab);
  return {
    cause: 'no-tls', title: `Port ${target.port || 443} speaks no TLS: the address has to start with ws://.`,
    text: 'A server answers there, but in the clear.',
    steps: [{ text: 'Keep the port, without TLS:', fix: { label: 'Switch to ws://', change: { scheme: 'ws' } } },
      ...(isLabWS(target, lab) ? [{ text: 'Or keep TLS:', fix: { label: `Use port ${port}`, change: { port } } }] : [])],
  };
}

function untrusted(facts) {
  const { target, evidence } = facts;
  const up = evidence.plain?.answered || evidence.otherScheme?.answered;
  return target.scheme === 'wss' && up ? explainTLS(facts, true) : null;
}

// Where the page cannot ask the server by plain HTTP (an https page must not, or nobody knows on
// which port), a server that is down and a certificate that is not trusted look the same.
function untrustedOrDown(facts) {
  const { target, evidence } = facts;
  const unsure = !evidence.plain || evidence.plain.forbidden;
  return target.scheme === 'wss' && unsure ? explainTLS(facts, false) : null;
}
