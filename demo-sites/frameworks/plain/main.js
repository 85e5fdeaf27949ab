/* Plain JavaScript: elements are made, set and removed as any others. They work whether the loader has come or not. */

/** @param {string} artist @returns {() => void} What takes it all away. */
export function mount(artist) {
  const days = Object.assign(document.createElement('flow-availability'), { artist });
  const form = Object.assign(document.createElement('flow-booking-request'), { artist, noDraft: true });
  days.innerHTML = '<a href="mailto:residence@theatre.example">Demander les jours libres par courriel</a>';
  const chosen = document.createElement('output');
  days.addEventListener('flow-date-selected', ({ detail }) => { chosen.value = detail.day; });
  document.querySelector('main').append(days, chosen, form);
  return () => { for (const one of [days, chosen, form]) one.remove(); };
}

let unmount = mount('les-vagues-lentes');

/** What the page can ask of this example. */
window.example = {
  show: (artist) => { for (const one of document.querySelectorAll('flow-availability, flow-booking-request')) one.artist = artist; },
  unmount: () => { unmount(); },
  mount: () => { unmount = mount('les-vagues-lentes'); },
};
