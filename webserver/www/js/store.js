// What survives a reload: in sessionStorage, so that a new tab starts with the lab's own values.

const KEY = 'wslab';

export function load() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

export function save(change) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...load(), ...change }));
  } catch {
    // Storage is full or forbidden: the page works without, it only forgets on reload.
  }
}
