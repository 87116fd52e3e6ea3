"""Read first by each Python that a test starts while the clock of the run is moved: it is as late here as there."""

import os
import time

said = os.environ.get("TESTS_ARE_LATER", "")
if said:
    import time_machine
    import uuid_utils.compat
    from later_ids import later

    stays = said.startswith("at ")
    by = float(said[3:]) - time.time() if stays else float(said)
    uuid_utils.compat.uuid7 = later(uuid_utils.compat.uuid7, lambda: by)
    time_machine.travel(time.time() + by, tick=not stays).start()
