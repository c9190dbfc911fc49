export function timed(action: () => void): number;
export function rounds<T>(count: number, action: (round: number) => T): T[];
export function median(values: readonly number[]): number;
