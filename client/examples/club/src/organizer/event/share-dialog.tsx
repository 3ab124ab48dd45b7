import type { Event as ApiEvent } from '@event-management/client';
import { useState } from 'react';
import { Button } from '../../shared/parts/button.tsx';
import { Dialog } from '../../shared/parts/dialog.tsx';
import { download, fileName } from '../../shared/parts/download.ts';
import { CopyableField } from '../../shared/parts/copyable-field.tsx';
import { QrCode, qrCodePng, qrCodeSvg } from '../../shared/parts/qr-code.tsx';
import { texts } from './texts.ts';

interface ShareProps {
  readonly event: ApiEvent;
  close(): void;
}

/** The address of an event on the page for those who attend, which is beside this one. */
const publicAddress = ({ eventId }: ApiEvent) => new URL(`../attend/#/events/${eventId}`, location.href).href;

/** The link of an event as text and as QR code, and who can open it. */
export function ShareDialog({ event, close }: ShareProps) {
  const { name, status, visibility } = event;
  const [copied, setCopied] = useState(false);
  const url = publicAddress(event);

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(url);
    setCopied(true);
  }
  async function savePng(): Promise<void> {
    const image = await qrCodePng(url);
    if (image) download([image], fileName(name, '.png'), 'image/png');
  }
  return (
    <Dialog title={texts.shareTitle} closeLabel={texts.done} close={close}>
      <p>{status === 'draft' ? texts.reachOfDraft : texts.reach[visibility]}</p>
      <CopyableField name="link" label={texts.link} value={url} />
      <div className="buttons">
        <Button variant="primary" onClick={() => void copy()}>
          {texts.copyLink}
        </Button>
        {'share' in navigator && (
          // Closing the choice of the system has no effect.
          <Button onClick={() => void navigator.share({ title: name, url }).catch(() => undefined)}>
            {texts.sendLink}
          </Button>
        )}
        <p role="status">{copied && texts.linkCopied}</p>
      </div>
      <QrCode text={url} label={texts.qrCode} />
      <div className="buttons">
        <Button onClick={() => download([qrCodeSvg(url)], fileName(name, '.svg'), 'image/svg+xml')}>
          {texts.saveAs('SVG')}
        </Button>
        <Button onClick={() => void savePng()}>{texts.saveAs('PNG')}</Button>
      </div>
    </Dialog>
  );
}
