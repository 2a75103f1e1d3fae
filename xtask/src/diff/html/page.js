
'use strict';
{
    const form = document.getElementById('filters');
    const groups = [...document.querySelectorAll('details.rule')].map((element) => ({
        element,
        isOpen: element.open,
        count: element.querySelector('summary b'),
        link: document.querySelector(`nav a[href="#${element.id}"]`),
        entries: [...element.querySelectorAll(':scope > ol > li')].map((entry) => ({ element: entry })),
    }));
    const all = groups.reduce((sum, group) => sum + group.entries.length, 0);
    const namesByList = new Map();

    /** Returns the operations of an entry. A long list is elsewhere, and the link in the entry leads there. */
    const operations = (entry) => {
        const paragraph = entry.querySelector('.operations');
        const link = paragraph?.querySelector('a');
        const list = link ? document.getElementById(link.hash.slice(1)) : paragraph;
        if (!namesByList.has(list)) {
            const names = [...(list?.querySelectorAll('code') ?? [])].map((code) => code.textContent);
            namesByList.set(list, new Set(names));
        }
        return namesByList.get(list);
    };

    const hasWords = (entry, rule, words) => {
        entry.text ??= `${rule} ${entry.element.textContent}`.toLowerCase();
        return words.every((word) => entry.text.includes(word));
    };

    const apply = () => {
        const data = new FormData(form);
        const verdicts = data.getAll('verdict');
        const [rule, operation] = [data.get('rule'), data.get('operation')];
        const words = data.get('text').toLowerCase().split(/\s+/).filter(Boolean);
        const isNarrow = Boolean(rule || operation || words.length);
        let shown = 0;
        for (const group of groups) {
            const { verdict, rule: groupRule } = group.element.dataset;
            const fits = verdicts.includes(verdict) && (!rule || rule === groupRule);
            let inGroup = 0;
            for (const entry of group.entries) {
                const isShown =
                    fits &&
                    (!operation || operations(entry.element).has(operation)) &&
                    hasWords(entry, groupRule, words);
                entry.element.hidden = !isShown;
                inGroup += isShown ? 1 : 0;
            }
            shown += inGroup;
            group.element.hidden = inGroup === 0;
            group.element.open = isNarrow || group.isOpen;
            group.count.textContent = inGroup;
            group.link.nextElementSibling.textContent = inGroup;
            group.link.parentElement.hidden = inGroup === 0;
        }
        for (const section of document.querySelectorAll('section.verdict')) {
            section.hidden = !section.querySelector(':scope > details:not([hidden])');
        }
        for (const verdict of document.querySelectorAll('nav details')) {
            const counts = [...verdict.querySelectorAll('li:not([hidden]) b')].map((count) => Number(count.textContent));
            verdict.querySelector('summary b').textContent = counts.reduce((sum, count) => sum + count, 0);
            verdict.hidden = counts.length === 0;
        }
        form.querySelector('output').value = `${shown} of ${all} changes`;
    };

    /** Writes the filters into the address, so that a link shows the same changes. */
    const write = () => {
        const query = new URLSearchParams(new FormData(form));
        for (const name of ['rule', 'operation', 'text']) {
            if (!query.get(name)) query.delete(name);
        }
        if (!form.querySelector('[name=verdict]:not(:checked)')) query.delete('verdict');
        else if (!query.has('verdict')) query.set('verdict', '');
        history.replaceState(null, '', `#${query.size ? '?' : ''}${query}`);
    };

    /** Reads the address: filters after `#?`, or the anchor of an entry. */
    const read = () => {
        if (location.hash.startsWith('#?')) {
            const query = new URLSearchParams(location.hash.slice(2));
            for (const box of form.querySelectorAll('[name=verdict]')) {
                box.checked = !query.has('verdict') || query.getAll('verdict').includes(box.value);
            }
            for (const name of ['rule', 'operation', 'text']) form.elements[name].value = query.get(name) ?? '';
            apply();
            return;
        }
        const target = document.getElementById(location.hash.slice(1));
        if (target?.closest('[hidden]')) {
            form.reset();
            apply();
        }
        for (let group = target; group; group = group.parentElement) {
            if (group.localName === 'details') group.open = true;
        }
        target?.scrollIntoView();
    };

    if (form) {
        form.hidden = false;
        form.addEventListener('input', () => (apply(), write()));
        // The event comes before the fields are reset.
        form.addEventListener('reset', () => setTimeout(() => (apply(), write())));
        form.addEventListener('submit', (event) => event.preventDefault());
        addEventListener('hashchange', read);
        apply();
        read();
    }
}
