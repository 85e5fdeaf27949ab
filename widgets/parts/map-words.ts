import type { Locale } from '../core/messages.ts';

/** What the map's own controls say, by the names that the library gives them. Apart from all other words, for they come with the map alone. */
export const MAP_WORDS: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  fr: named('Carte', 'Montrer ou cacher les sources', 'Agrandir', 'Réduire', 'Ctrl + molette pour agrandir la carte', 'Deux doigts pour déplacer la carte'),
  en: named('Map', 'Show or hide the sources', 'Zoom in', 'Zoom out', 'Ctrl + wheel to zoom the map', 'Two fingers to move the map'),
  nl: named('Kaart', 'Bronnen tonen of verbergen', 'Inzoomen', 'Uitzoomen', 'Ctrl + scrollen om in te zoomen op de kaart', 'Twee vingers om de kaart te verschuiven'),
  de: named('Karte', 'Quellen zeigen oder verbergen', 'Vergrößern', 'Verkleinern', 'Strg + Mausrad vergrößert die Karte', 'Zwei Finger bewegen die Karte'),
};

function named(title: string, sources: string, zoomIn: string, zoomOut: string, byWheel: string, byTouch: string): Readonly<Record<string, string>> {
  return {
    'Map.Title': title, 'AttributionControl.ToggleAttribution': sources, 'NavigationControl.ZoomIn': zoomIn, 'NavigationControl.ZoomOut': zoomOut,
    'CooperativeGesturesHandler.WindowsHelpText': byWheel, 'CooperativeGesturesHandler.MacHelpText': byWheel.replace(/Ctrl|Strg/, '⌘'), 'CooperativeGesturesHandler.MobileHelpText': byTouch,
  };
}
