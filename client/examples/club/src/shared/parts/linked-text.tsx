/** An address of the web in a text, without the punctuation that follows it. */
const address = /(https?:\/\/[^\s<>"]*[^\s<>".,;:!?'()[\]{}])/gi;

/** The text of a user with its addresses as links. What is shown is where each link leads to. */
export function LinkedText({ text }: { readonly text: string }) {
  return (
    <>
      {text.split(address).map((part, index) =>
        index % 2 === 1 ? (
          <a key={index} href={part} target="_blank" rel="noreferrer nofollow ugc">
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </>
  );
}
