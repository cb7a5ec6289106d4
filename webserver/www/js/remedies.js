// The longer answers of the doctor: an untrusted certificate, and a server that is not there.

import { isInLabNet, isMixedContent, reachesIntoLoopback } from './hosts.js';
import { defaultTarget, plainPage, portFor } from './lab.js';
import { authority, toHTTP, toURL } from './target.js';

export function explainTLS(facts, sure) {
  const { target } = facts;
  const address = toHTTP(target);
  return {
    cause: sure ? 'tls' : 'tls-or-down',
    title: sure ? `The browser does not trust the certificate of ${authority(target)}.`
      : `${authority(target)} does not run, or the browser does not trust its certificate.`,
    text: sure ? 'The server runs, but the TLS handshake fails. Most likely the lab’s certificate authority (CA) is new to this browser.'
      : 'A page cannot tell these two apart here; a look in a new tab can.',
    steps: [lookInTab(address, sure), ...trustCA(facts.lab), ...withoutTLS(facts), ...(sure ? [] : [isItRunning])],
  };
}

function lookInTab(href, sure) {
  return {
    text: sure ? 'See what the browser has against it. You may accept it there for now, come back and connect:'
      : 'A warning about the certificate there: accept it for now or import the CA below. “Refused to connect”: the server does not run.',
    link: { href, label: `Open ${href} in a tab` },
  };
}

function trustCA({ ca }) {
  if (!ca) return [{ text: 'The lab has no CA yet. Make one, then reload this page:', code: 'make certs' }];
  return [{
    text: 'To trust it for good: download the CA, compare the fingerprint, import it as an authority for websites, restart the browser. ' +
      'Firefox: Settings, View Certificates, Authorities. Chrome and Edge: chrome://certificate-manager, Installed by you.',
    link: { href: ca.url, label: 'Download the lab’s CA', download: true },
    facts: [['Subject', ca.subject], ['SHA-256', ca.sha256], ['Valid until', ca.not_after?.slice(0, 10)]],
  }];
}

function withoutTLS({ target, lab, page }) {
  const port = portFor('ws', target, lab);
  if (port === target.port || isMixedContent('ws', target.host, page)) return [];
  return [{ text: 'Or go on without TLS:', fix: { label: `Use ws:// on port ${port}`, change: { scheme: 'ws', port } } }];
}

const isItRunning = { text: 'See whether the lab runs:', code: 'docker compose ps' };

export function explainDown(facts) {
  const { target, evidence, lab, page } = facts;
  const late = evidence.blind?.timedOut;
  return {
    cause: 'down', title: `Nothing answers at ${authority(target)}.`,
    text: late ? 'Not within five seconds: the address leads nowhere, or a firewall keeps silent.'
      : 'The server does not run, or it listens elsewhere.',
    steps: [...fromElsewhere(facts), isItRunning, { text: 'Start it where it does not:', code: 'docker compose up -d' },
      ...(toURL({ ...target, endpoint: '/' }) === toURL({ ...defaultTarget(lab, page), endpoint: '/' }) ? [] : [useLabAddress(lab, page)])],
  };
}

// Reasons that lie with where the page was opened, the likelier ones: so they come first.
function fromElsewhere({ target, lab, page }) {
  if (reachesIntoLoopback(target.host, page)) {
    const home = plainPage(lab, { hostname: target.host, port: page.port });
    return [{
      text: `This page came from ${page.hostname}, and browsers may ask or refuse when such a page reaches into your own ` +
        'machine. Open it from there:',
      link: { href: home, label: `Open ${home}` },
    }];
  }
  const inside = isInLabNet(target.host, lab) || lab.ws.names.includes(target.host);
  const pageInside = isInLabNet(page.hostname, lab) || lab.web.names.includes(page.hostname);
  if (!inside || pageInside) return [];
  return [{
    text: `${target.host} exists inside the lab’s network. From outside only a Linux Docker host reaches the addresses there, ` +
      'and the names once they are in its hosts file.',
  }];
}

export function useLabAddress(lab, page) {
  const { scheme, host, port } = defaultTarget(lab, page);
  return {
    text: 'The lab’s server is meant to be here:',
    fix: { label: `Use ${toURL({ scheme, host, port, endpoint: '' })}`, change: { scheme, host, port } },
  };
}
