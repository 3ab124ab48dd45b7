import { useEffect, useState } from 'react';
import { texts } from './texts.ts';

/** How long nothing is typed before the picture is loaded. */
const pauseMs = 600;

/** Shows the picture of an event as its page does, or says that it cannot be loaded. Its host gets no referrer. */
export function PicturePreview({ address }: { readonly address: string }) {
  const [settled, setSettled] = useState(address);
  const [failed, setFailed] = useState<string>();
  useEffect(() => {
    const timer = setTimeout(() => setSettled(address), pauseMs);
    return () => clearTimeout(timer);
  }, [address]);
  const isShown = address === settled && address.startsWith('https://');
  return (
    <>
      {isShown && failed !== address && (
        <img
          className="picture"
          key={address}
          src={address}
          alt=""
          referrerPolicy="no-referrer"
          decoding="async"
          onError={() => setFailed(address)}
        />
      )}
      <p className="field-warning" role="status">
        {isShown && failed === address && texts.pictureFailed}
      </p>
    </>
  );
}
