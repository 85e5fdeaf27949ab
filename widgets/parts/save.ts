/** A file that the server made, as it crosses the wire. */
export interface Saved {
  readonly name: string;
  readonly mime: string;
  readonly base64: string;
}

/** Saves a file under its own name. */
export function save({ name, mime, base64 }: Saved): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes], { type: mime }));
  link.download = name;
  link.click();
  // A browser that is slow to begin the download still needs the address.
  setTimeout(() => { URL.revokeObjectURL(link.href); }, 60_000);
}
