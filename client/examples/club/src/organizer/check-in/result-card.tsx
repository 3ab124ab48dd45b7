import { Button } from '../../shared/parts/button.tsx';
import { isolated } from '../../shared/parts/bidi.ts';
import { type Result, signs } from './result.ts';
import { texts } from './texts.ts';

interface ResultCardProps {
  readonly result: Result;
  letIn(): void;
  undo(): void;
}

/** What the last scan came to, to be read at arm's length. */
export function ResultCard({
  result: { outcome, tone, name, lines, canLetIn, canUndo },
  letIn,
  undo,
}: ResultCardProps) {
  return (
    <div className={`door-result ${tone}`}>
      <span className="sign" aria-hidden="true">
        {signs[tone]}
      </span>
      <div>
        <h2>{texts.outcomes[outcome]}</h2>
        {name && (
          <p className="name">
            <bdi>{name}</bdi>
          </p>
        )}
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      {(canLetIn || canUndo) && (
        <div className="buttons">
          {canLetIn && (
            <Button settles onClick={letIn}>
              {texts.letIn}
            </Button>
          )}
          {canUndo && (
            <Button settles onClick={undo}>
              {texts.undo}
              <span className="hidden"> {isolated(name ?? '')}</span>
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
