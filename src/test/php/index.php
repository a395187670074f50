<?php echo "index of root";
