// fetch, and once more where it failed at once: browsers drop requests when the machine's network
// changes, and containers that start change it. Whoever waited in vain has waited enough.

const PAUSE = 200;

export async function fetchAgain(url, options) {
  try {
    return await fetch(url, options);
  } catch (error) {
    if (error.name === 'TimeoutError') throw error;
    await new Promise((resume) => setTimeout(resume, PAUSE));
    return fetch(url, options);
  }
}
