import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Clock ticks per second, the unit of /proc/<pid>/stat. */
const ticksPerSecond = 100;

/** Why the bench cannot run on this machine, or undefined when it can. */
export function missingTools(): string | undefined {
  if (!existsSync('/proc/self/stat')) return 'There is no /proc: the bench reads CPU time from it (Linux).';
  try {
    execFileSync('taskset', ['-c', '0,1', 'true'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'Cannot pin programs to the cores 0 and 1: taskset (util-linux) and two cores are needed.';
  }
}

/** CPU time that a process and its children have used so far, user and system, in µs. Its grain is 10 ms. */
export function cpuMicros(pid: number): number {
  let ticks = 0;
  for (const member of family(pid)) {
    const fields = statOf(member);
    // Fields 14 and 15 of proc(5), counted from the state, which is field 3.
    if (fields) ticks += Number(fields[11]) + Number(fields[12]);
  }
  return (ticks * 1_000_000) / ticksPerSecond;
}

/** Resident memory of a process and its children, in kB. */
export function rssKb(pid: number): number {
  let sum = 0;
  for (const member of family(pid)) {
    sum += Number(/^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${member}/status`))?.[1] ?? 0);
  }
  return sum;
}

function family(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const fields = statOf(Number(name));
    if (fields) parents.set(Number(name), Number(fields[1]));
  }
  const members = [pid];
  // Grows while it is walked: children of children come in.
  for (const member of members) {
    for (const [child, parent] of parents) if (parent === member) members.push(child);
  }
  return members;
}

/** The fields after the program's name, which may itself hold blanks. */
function statOf(pid: number): string[] | undefined {
  const text = read(`/proc/${pid}/stat`);
  return text === '' ? undefined : text.slice(text.lastIndexOf(')') + 2).split(' ');
}

/** Empty when the process has ended meanwhile. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
