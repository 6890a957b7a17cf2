/** What is used of a canvas context: the DOM's types are not part of this program. */
export interface Pen {
  font: string;
  textBaseline: 'top';
  fillStyle: string;
  save(): void;
  restore(): void;
  fillRect(left: number, top: number, width: number, height: number): void;
  fillText(text: string, left: number, top: number): void;
  measureText(text: string): { readonly width: number };
}
