// Loads the page's script, and once more where a piece of it did not arrive. Browsers drop
// requests when the machine's network changes, and containers that start change it: just when
// somebody opens this page.

const TRIES = 5;
const PAUSE = 300;

// Some browsers remember that a module failed for as long as the page is there, so that a new
// page is what helps.
const RELOADS = 3;
const RELOADED = 'wslab-reloaded';

async function start(left) {
  try {
    await import('./main.js');
    sessionStorage.removeItem(RELOADED);
  } catch (error) {
    if (left === 0) return reload() || giveUp(error);
    setTimeout(start, PAUSE, left - 1);
  }
}

// reload tells whether it did.
function reload() {
  try {
    const times = Number(sessionStorage.getItem(RELOADED));
    if (times >= RELOADS) return false;
    sessionStorage.setItem(RELOADED, times + 1);
  } catch {
    return false; // without storage it could go on for ever
  }
  location.reload();
  return true;
}

function giveUp(error) {
  document.getElementById('state-detail').textContent = `This page did not load completely: reload it. (${error.message})`;
  throw error;
}

start(TRIES - 1);
