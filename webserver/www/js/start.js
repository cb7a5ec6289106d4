// Loads the page's script, and once more where a piece of it did not arrive. Browsers drop
// requests when the machine's network changes, and containers that start change it: just when
// somebody opens this page.

const TRIES = 5;
const PAUSE = 300;

async function start(left) {
  try {
    await import('./main.js');
  } catch (error) {
    if (left === 0) return giveUp(error);
    setTimeout(start, PAUSE, left - 1);
  }
}

function giveUp(error) {
  document.getElementById('state-detail').textContent = `This page did not load completely: reload it. (${error.message})`;
  throw error;
}

start(TRIES - 1);
