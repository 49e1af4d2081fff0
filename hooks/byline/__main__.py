from byline.cli import run_process

run_process()
