import { useEffect, useRef, useState } from 'react';
import { Button } from '../../shared/parts/button.tsx';
import { texts as common } from '../../shared/texts.ts';
import { type Camera, CameraError, type CameraProblem, isCameraAllowed, startCamera } from './camera.ts';
import { prepareSound } from './feedback.ts';
import { texts } from './texts.ts';

interface CameraViewProps {
  readonly hasSound: boolean;
  setSound(on: boolean): void;
  /** Called with the text of each code. */
  found(text: string): Promise<void>;
}

/** The picture of the camera, and its switches. The screen stays on while it runs. */
export function CameraView({ hasSound, setSound, found }: CameraViewProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [status, setStatus] = useState<'off' | 'starting' | 'on'>('off');
  const [problem, setProblem] = useState<CameraProblem>();
  const [camera, setCamera] = useState<Camera>();
  const [isLit, setIsLit] = useState(false);
  // The camera outlives the rendering in which it was started.
  const latest = useRef(found);
  latest.current = found;
  const running = useRef<Camera>(undefined);

  function stop(): void {
    running.current?.stop();
    running.current = undefined;
    setCamera(undefined);
    setIsLit(false);
    setStatus('off');
  }
  /** The camera was taken away, such as unplugged, or by another app. */
  function end(): void {
    stop();
    setProblem('busy');
  }
  async function start(): Promise<void> {
    if (!video.current || running.current) return;
    setStatus('starting');
    setProblem(undefined);
    try {
      const started = await startCamera(video.current, (text) => latest.current(text), end);
      // The view was left in the meantime.
      if (!video.current) return started.stop();
      running.current = started;
      setCamera(started);
      setStatus('on');
    } catch (error) {
      if (!(error instanceof CameraError)) reportError(error);
      setProblem(error instanceof CameraError ? error.problem : 'busy');
      setStatus('off');
    }
  }

  useEffect(() => {
    void isCameraAllowed().then((isAllowed) => (isAllowed ? start() : undefined));
    return stop;
  }, []);
  useEffect(() => {
    if (status !== 'on') return;
    // Where it is unsupported or the battery is low, the screen may go off.
    const lock = navigator.wakeLock?.request('screen').catch(() => undefined);
    return () => void lock?.then((one) => one?.release());
  }, [status]);

  function startByHand(): void {
    prepareSound();
    void start();
  }
  async function switchLight(): Promise<void> {
    await camera?.setLight?.(!isLit).then(
      () => setIsLit(!isLit),
      () => {},
    );
  }
  function switchSound(): void {
    prepareSound();
    setSound(!hasSound);
  }

  return (
    <section className={`door-camera ${status}`}>
      {/* What it shows is before the visitor's eyes. */}
      <video ref={video} muted playsInline aria-label={texts.cameraPicture} />
      {problem && (
        <div className="notice problem" role="alert">
          <h2>{texts.cameraProblems[problem][0]}</h2>
          <p>{texts.cameraProblems[problem][1]}</p>
        </div>
      )}
      {status === 'starting' && (
        <p className="hint" role="status">
          {texts.cameraStarts}
        </p>
      )}
      <div className="buttons">
        {status === 'on' ? (
          <Button onClick={stop}>{texts.stopCamera}</Button>
        ) : (
          <Button variant="primary" busy={status === 'starting'} onClick={startByHand}>
            {problem ? common.tryAgain : texts.startCamera}
          </Button>
        )}
        {camera?.setLight && (
          <Button onClick={() => void switchLight()}>{isLit ? texts.lightOff : texts.lightOn}</Button>
        )}
        {status === 'on' && (
          <Button variant="quiet" onClick={switchSound}>
            {hasSound ? texts.soundOff : texts.soundOn}
          </Button>
        )}
      </div>
    </section>
  );
}
