/* SPDX-License-Identifier: EUPL-1.2 */
import "./Skeleton.css";

/** Stands where cards will be, with their height, so that nothing jumps. */
export function SkeletonCards({ count, label }: { count: number; label: string }) {
  return (
    <div className="skeletons" role="status">
      <span className="sr-only">{label}</span>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="skeleton" aria-hidden="true" />
      ))}
    </div>
  );
}
