// SPDX-License-Identifier: Apache-2.0

/// The one script, `/assets/sandbox.js`.
///
/// Every page works without it: it adds Copy buttons, sends a choice as soon as it is made, and closes menus.
enum Script {
    static let text = """
        'use strict';
        for (const button of document.querySelectorAll('[data-copy]')) {
          button.hidden = false;
          button.addEventListener('click', async () => {
            const field = document.getElementById(button.dataset.copy);
            field.select();
            try {
              await navigator.clipboard.writeText(field.value);
            } catch {
              document.execCommand('copy');
            }
            button.textContent = 'Copied';
            setTimeout(() => { button.textContent = 'Copy'; }, 2000);
          });
        }
        for (const choice of document.querySelectorAll('[data-send]')) {
          choice.addEventListener('change', () => choice.form.requestSubmit());
        }
        const menus = [...document.querySelectorAll('details.menu')];
        document.addEventListener('click', event => {
          for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
        });
        document.addEventListener('keydown', event => {
          if (event.key !== 'Escape') return;
          for (const menu of menus) if (menu.open) {
            menu.open = false;
            menu.querySelector('summary').focus();
          }
        });

        """
}
