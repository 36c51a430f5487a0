/** Remembers a choice in this browser; where storage is refused it is forgotten with the page. */
export const stored = {
  read(key: string): string | null {
    try {
      return localStorage.getItem(`lookout.${key}`);
    } catch {
      return null;
    }
  },
  write(key: string, value: string): void {
    try {
      localStorage.setItem(`lookout.${key}`, value);
    } catch {
      // Private windows may refuse; the choice then holds until the page is closed.
    }
  },
};
