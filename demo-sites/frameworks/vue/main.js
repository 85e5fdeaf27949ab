import { createApp, h, ref } from 'vue';
import Booking from './Booking.vue';

const { server, key } = document.documentElement.dataset;
const artist = ref('les-vagues-lentes');
let app;

/** What the page can ask of this example. */
window.example = {
  show: (other) => { artist.value = other; },
  unmount: () => { app.unmount(); },
  mount: () => {
    artist.value = 'les-vagues-lentes';
    app = createApp({ render: () => h(Booking, { server, partnerKey: key, artist: artist.value }) });
    app.mount('#app');
  },
};
window.example.mount();
