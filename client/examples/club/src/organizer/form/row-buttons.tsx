import type { PointerEvent } from 'react';
import { texts } from './texts.ts';

interface RowButtonsProps {
  /** What the row has, such as "Question 1". */
  readonly name: string;
  readonly index: number;
  readonly count: number;
  move(from: number, to: number): void;
  remove(index: number): void;
  startDragging(event: PointerEvent, index: number): void;
}

/** What moves, if there are others, and removes a row of a list. Dragging is an addition for a pointer: the buttons do the same. */
export function RowButtons({ name, index, count, move, remove, startDragging }: RowButtonsProps) {
  return (
    <span className="row-buttons">
      {count > 1 && (
        <>
          <button
            type="button"
            aria-label={texts.moveUp(name)}
            aria-disabled={index === 0}
            onClick={() => move(index, index - 1)}
          >
            ↑
          </button>
          <button
            type="button"
            aria-label={texts.moveDown(name)}
            aria-disabled={index === count - 1}
            onClick={() => move(index, index + 1)}
          >
            ↓
          </button>
        </>
      )}
      <button type="button" className="danger" aria-label={texts.remove(name)} onClick={() => remove(index)}>
        ✕
      </button>
      {count > 1 && (
        <span
          className="drag"
          aria-hidden="true"
          title={texts.drag}
          onPointerDown={(event) => startDragging(event, index)}
        >
          ⠿
        </span>
      )}
    </span>
  );
}
