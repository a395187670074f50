<?php // 32 KiB in one go
echo str_repeat("0123456789abcde\n", 1 << 11);
