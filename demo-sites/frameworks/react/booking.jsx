import { useEffect, useState } from 'react';

/**
 * Brings the loader, once, in the browser alone: effects do not run on a server. Where your template can hold a script tag, put it there.
 *
 * @param {string} server @param {string} partnerKey
 */
function useFlowStage(server, partnerKey) {
  useEffect(() => {
    if (document.getElementById('flow-stage')) return;
    const script = Object.assign(document.createElement('script'), { id: 'flow-stage', async: true, src: `${server}/v1/embed.js` });
    script.dataset.key = partnerKey;
    document.head.append(script);
  }, [server, partnerKey]);
}

/**
 * The days of an artist and the form that asks for one. Attributes have the names that HTML gives them, and events are heard by `on` and
 * their name: `onflow-date-selected`. `key` is React's own, so ours is on the script tag.
 *
 * @param {{ server: string, partnerKey: string, artist: string }} props
 */
export function Booking({ server, partnerKey, artist }) {
  const [day, setDay] = useState('');
  useFlowStage(server, partnerKey);
  return <main>
    <flow-availability artist={artist} onflow-date-selected={({ detail }) => { setDay(detail.day); }}>
      <a href="mailto:residence@theatre.example">Demander les jours libres par courriel</a>
    </flow-availability>
    <output>{day}</output>
    <flow-booking-request artist={artist} day={day} no-draft status-href="suivi.html" />
  </main>;
}
