/** A text without case and diacritics, to compare it: "novakova" finds "Nováková". */
export const plainText = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
