"""Work that is done in processes of our own, where hostile files and hungry libraries can harm nothing else."""
