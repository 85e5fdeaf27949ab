/* Writes the script tag once a visitor agreed: by the named event of a consent tool, or by a click on the button in a widget's place. */
(() => {
  const own = document.currentScript;
  const { src, key, theme, lang, event: name } = own.dataset;
  const load = (counted) => {
    if (document.getElementById('flow-stage-js')) return;
    const script = document.createElement('script');
    Object.assign(script, { id: 'flow-stage-js', async: true, nonce: own.nonce });
    Object.assign(script.dataset, { key, ...(theme && { theme }), ...(lang && { lang }), ...(counted && { consent: '' }) });
    script.src = src;
    document.head.append(script);
    document.querySelectorAll('.flow-stage-ask').forEach((button) => button.parentElement.remove());
  };
  if (name) {
    const heard = ({ detail }) => {
      // The WP Consent API tells a refusal by the same event.
      const answers = detail && typeof detail === 'object' ? Object.values(detail) : [];
      if (!answers.includes('deny') || answers.includes('allow')) load(true);
    };
    // Tools tell the document or the window; what bubbles is heard twice and loads once.
    document.addEventListener(name, heard);
    window.addEventListener(name, heard);
    return;
  }
  // Without scripts the button could do nothing: it shows itself only now.
  const show = () => document.querySelectorAll('.flow-stage-wait[hidden]').forEach((place) => { place.hidden = false; });
  show();
  document.addEventListener('DOMContentLoaded', show);
  document.addEventListener('click', ({ target }) => { if (target instanceof Element && target.closest('.flow-stage-ask')) load(false); });
})();
