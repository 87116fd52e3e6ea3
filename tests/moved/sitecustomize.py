"""Read first by each Python that a test starts while the clock of the run is moved: it is as late here as there."""

import os
import time

said = os.environ.get("TESTS_ARE_LATER", "")
if said:
    import time_machine

    stays = said.startswith("at ")
    time_machine.travel(float(said[3:]) if stays else time.time() + float(said), tick=not stays).start()
