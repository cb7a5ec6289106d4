// The little that the views need to build elements. Text always goes in as text, never as HTML:
// what a server sends must not become part of the page. A child that is empty or false is left out,
// so that callers can write condition && child.

export const byId = (id) => document.getElementById(id);

export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter(Boolean));
  return made;
}

export const button = (label, act, className = '') =>
  element('button', { type: 'button', className, textContent: label, onclick: act });

export function markInvalid(field, wrong) {
  if (wrong) field.setAttribute('aria-invalid', 'true');
  else field.removeAttribute('aria-invalid');
}

const two = (n) => String(n).padStart(2, '0');

export const clock = (date) => `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;

export const preciseClock = (date) => `${clock(date)}.${String(date.getMilliseconds()).padStart(3, '0')}`;
