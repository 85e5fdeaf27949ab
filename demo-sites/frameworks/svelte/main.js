import { mount, unmount } from 'svelte';
import Booking from './Booking.svelte';
import { settings } from './settings.svelte.js';

let app;

/** What the page can ask of this example. */
window.example = {
  show: (artist) => { settings.artist = artist; },
  unmount: () => unmount(app),
  mount: () => {
    settings.artist = 'les-vagues-lentes';
    app = mount(Booking, { target: document.getElementById('app'), props: settings });
  },
};
window.example.mount();
