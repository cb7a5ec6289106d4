// What a host name says about where it leads. Browsers decide by these kinds what a page may reach.

export const bracket = (host) => (isBareIPv6(host) ? `[${host}]` : host);

// At least two colons: a single one is more likely a port in the wrong field.
const isBareIPv6 = (host) => /^[0-9a-f:.]+$/i.test(host) && host.split(':').length > 2;

// The hosts that browsers call "potentially trustworthy": never mixed content, whatever the scheme.
export function isLoopback(host) {
  const name = host.toLowerCase().replace(/\.$/, '');
  return name === 'localhost' || name.endsWith('.localhost') ||
    /^127\.\d+\.\d+\.\d+$/.test(name) || name === '[::1]' || name === '::1';
}

export const isInLabNet = (host, lab) => host.startsWith(`${lab.lab_net}.`);

// An https page may open ws:// and fetch http:// on its own machine only.
export const isMixedContent = (scheme, host, page) =>
  page.protocol === 'https:' && (scheme === 'ws' || scheme === 'http') && !isLoopback(host);

// Browsers ask, or refuse outright, when a page from elsewhere reaches into this machine.
export const reachesIntoLoopback = (host, page) => isLoopback(host) && !isLoopback(page.hostname);
