<?php
declare(strict_types=1);

/** How many steps the streamed pages have; what never ends would hold a PHP worker for ever. */
const STEPS = 10;

/** Lets go of PHP's own buffers (output_buffering): from here on each flush() sends what was written. */
function sendAtOnce(): void
{
    while (ob_get_level() > 0) {
        ob_end_flush();
    }
}

/** A moment of the work that takes its time: 0.4 s. */
function work(): void
{
    usleep(400_000);
}

/** The time of day to the millisecond. */
function now(): string
{
    return (new DateTimeImmutable())->format('H:i:s.v');
}
