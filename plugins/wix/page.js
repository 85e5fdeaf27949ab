/*
 * The code of a Wix page (Velo) with three custom elements: #pressKit (flow-epk), #days (flow-availability), #request (flow-booking-request).
 * One artist for all of them; on a dynamic page take the short name from its data set instead.
 */
import wixSeo from 'wix-seo-frontend';
import { drawnFor } from 'backend/press-kit.web';

const artist = 'les-vagues-lentes';

$w.onReady(async () => {
  for (const name of ['#pressKit', '#days', '#request']) $w(name).setAttribute('artist', artist);

  // A day chosen in the calendar begins the request.
  $w('#days').on('flow-date-selected', ({ detail }) => {
    $w('#request').setAttribute('day', detail.day);
    $w('#request').scrollTo();
  });

  // A thank-you of your own, a count of your own: the event carries ids and days, never a person's data.
  $w('#request').on('flow-request-sent', ({ detail }) => {
    console.log(`Request ${detail.reference} for ${detail.day}`);
  });

  // Search engines read no shadow root: Wix puts this into the page that its server draws.
  const { text, data } = await drawnFor('flow-epk', artist);
  $w('#pressKit').seoMarkup = text;
  if (data) wixSeo.setStructuredData([data]);
});
