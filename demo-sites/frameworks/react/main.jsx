import { createRoot } from 'react-dom/client';
import { Booking } from './booking.jsx';

const { server, key } = document.documentElement.dataset;
let root;

/** @param {string} artist */
function show(artist) {
  root.render(<Booking server={server} partnerKey={key} artist={artist} />);
}

/** What the page can ask of this example. */
window.example = {
  show,
  unmount: () => { root.unmount(); },
  mount: () => {
    root = createRoot(document.getElementById('app'));
    show('les-vagues-lentes');
  },
};
window.example.mount();
